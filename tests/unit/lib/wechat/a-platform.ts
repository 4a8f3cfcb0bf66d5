import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { createPlatform, type Platform } from "@/lib/wechat/platform";

/** api.weixin on loopback, with one answer to everything, until the test ends. `asked` has what came. */
export async function platformAnswering(answer: unknown): Promise<{ platform: Platform; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${request.url} ${body}`);
    response.setHeader("content-type", "text/plain"); // As WeChat's sns calls do.
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const platform = createPlatform({
    apiUrl: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/prefix/`,
  });
  onTestFinished(async () => {
    await platform.transport.close();
    server.close();
  });
  return { platform, asked };
}
