import { headers } from "next/headers";

/** WeixinJSBridge for an ordinary browser, from the sandbox. A real shop never renders this. */
export async function SandboxBridge({ webUrl }: { webUrl: string }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return <script src={`${webUrl}/bridge.js`} nonce={nonce} async />;
}
