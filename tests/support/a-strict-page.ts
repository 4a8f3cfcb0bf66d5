import { createServer } from "node:http";

/**
 * A page of a shop as strict as ours: scripts only with a nonce, no inline styles, and of the sandbox's
 * origin no more than the bridge needs. `prepareRequest` gives what the pay button hands to the bridge.
 */
export async function startStrictPage(sandboxUrl: string, prepareRequest: () => unknown) {
  const nonce = "cGFnZQ";
  const policy = [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src-elem 'self'",
    "style-src-attr 'none'",
    `connect-src 'self' ${sandboxUrl}`,
    `frame-src ${sandboxUrl}`,
  ].join("; ");
  const script = `
    document.addEventListener("WeixinJSBridgeReady", () => { document.title = "ready"; });
    document.querySelector("button").addEventListener("click", async () => {
      const request = await (await fetch("/request")).json();
      WeixinJSBridge.invoke("getBrandWCPayRequest", request, (result) => {
        document.querySelector("output").textContent = result.err_msg + " " + (result.err_desc ?? "");
      });
    });`;
  const page = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>shop</title><link rel="icon" href="data:,"></head>
<body><main><h1>示例店</h1><p>订单</p><button type="button">微信支付</button><output></output></main>
<script nonce="${nonce}" src="${sandboxUrl}/bridge.js"></script><script nonce="${nonce}">${script}</script></body></html>`;
  const server = createServer((request, response) => {
    if (request.url === "/request") {
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify(prepareRequest()));
    }
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.replace("default-src 'self'", "default-src 'self'; img-src data:"),
    });
    return response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://localhost:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
