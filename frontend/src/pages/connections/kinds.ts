import type { IconName } from "@/ui/icons.tsx";

interface Kind {
  value: string;
  label: string;
  icon: IconName;
  /** One line on what it is for. */
  purpose: string;
  /** How one can prove oneself there, the usual way first. */
  auth: readonly AuthType[];
}

export type AuthType = "none" | "bearer" | "basic" | "api_key" | "oauth" | "aws";

/** The kinds that can be added. */
export const kinds: readonly Kind[] = [
  {
    value: "openai",
    label: "Model server",
    icon: "sparkles",
    purpose: "Any server that speaks the OpenAI protocol: vLLM, Ollama, LM Studio, llama.cpp, OpenAI.",
    auth: ["bearer", "none", "api_key"],
  },
  {
    value: "http",
    label: "HTTP",
    icon: "globe",
    purpose: "Any web service that HTTP calls may reach.",
    auth: ["bearer", "api_key", "basic", "oauth", "none"],
  },
  {
    value: "aws",
    label: "AWS",
    icon: "cloud",
    purpose: "Bedrock and every other AWS service, through an access key.",
    auth: ["aws"],
  },
];

const builtin: readonly Pick<Kind, "value" | "label" | "icon">[] = [
  { value: "embedded_model", label: "Embedded model", icon: "sparkles" },
  { value: "demo", label: "Demonstration", icon: "flask-conical" },
];

/** What a kind is called on the screen. */
export function kindOf(value: string): Pick<Kind, "label" | "icon"> {
  return [...kinds, ...builtin].find((kind) => kind.value === value) ?? { label: value, icon: "plug" };
}

interface SecretPart {
  name: string;
  label: string;
  /** Shown while typing: it is no secret by itself. */
  open?: boolean;
  optional?: boolean;
}

/** What each way of proving oneself asks for. */
export const authTypes: Record<AuthType, { label: string; parts: readonly SecretPart[] }> = {
  none: { label: "Nothing", parts: [] },
  bearer: { label: "Bearer token", parts: [{ name: "token", label: "Token" }] },
  basic: {
    label: "User name and password",
    parts: [
      { name: "username", label: "User name", open: true },
      { name: "password", label: "Password" },
    ],
  },
  api_key: {
    label: "Key in a header",
    parts: [
      { name: "header", label: "Header", open: true },
      { name: "value", label: "Key" },
    ],
  },
  oauth: {
    label: "OAuth client",
    parts: [
      { name: "client_id", label: "Client ID", open: true },
      { name: "client_secret", label: "Client secret" },
    ],
  },
  aws: {
    label: "Access key",
    parts: [
      { name: "access_key_id", label: "Access key ID", open: true },
      { name: "secret_access_key", label: "Secret access key" },
      { name: "session_token", label: "Session token", optional: true },
    ],
  },
};

/** Hosts as typed, by line, comma or space. */
export function readHosts(text: string): string[] {
  return text.split(/[\s,]+/).filter((host) => host !== "");
}
