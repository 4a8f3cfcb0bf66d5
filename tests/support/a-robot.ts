import { createServer, type ServerResponse } from "node:http";

export type Posted = { path: string; content: string; body: unknown };

/** A group's robot on this machine: keeps what it is told and answers as the test says. */
export async function aRobot() {
  const posted: Posted[] = [];
  const robot = { answer: taken };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    posted.push({ path: request.url ?? "", content: body.text.content, body });
    robot.answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    posted,
    robot,
    url: `http://127.0.0.1:${port}/cgi-bin/webhook/send?key=693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function taken(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ errcode: 0, errmsg: "ok" }));
}
