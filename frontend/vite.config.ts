import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env["CUELIGHT_DEV_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  // Django serves the hashed assets below /static/; the dev server keeps the plain root.
  base: command === "build" ? "/static/" : "/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: "es2022",
    sourcemap: false,
    // The policy allows no inline script and no data: script; small files stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
  },
  worker: { format: "es" },
  server: {
    port: 5173,
    proxy: {
      // The host stays as the browser said it: Django compares it with the Origin.
      "/api": { target: server, changeOrigin: false },
      "/r/": { target: server, changeOrigin: false },
      "/ws": { target: server, changeOrigin: false, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["./src/app/testing.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    env: { TZ: "UTC" },
  },
}));
