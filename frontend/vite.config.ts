import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env["CUELIGHT_DEV_SERVER"] ?? "http://127.0.0.1:8000";

/** Puts a compressed twin beside each built file: the server hands it out as it is and never compresses a byte itself. */
function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
        if (/\.(js|css|svg|json)$/.test(name)) {
          const path = join(folder, name);
          writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
        }
    },
  };
}

export default defineConfig(({ command }) => ({
  // Django serves the hashed assets below /static/; the dev server keeps the plain root.
  base: command === "build" ? "/static/" : "/",
  plugins: [react(), compressed()],
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
