import type { ServerResponse } from "node:http";

/** What goes back over HTTP. */
export type Answer = {
  status: number;
  contentType: string;
  body: string | Buffer;
  headers?: Record<string, string | string[]>;
};

export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  response.writeHead(answer.status, {
    "content-type": answer.contentType,
    "content-length": Buffer.byteLength(answer.body),
    "cache-control": "no-store",
    ...answer.headers,
  });
  response.end(answer.body);
}

export function json(value: unknown, status = 200): Answer {
  return { status, contentType: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

/** An error page as the proxies in front of WeChat's servers write them: no XML, no JSON. */
export function gatewayPage(status: number, title: string, detail = title): Answer {
  const body = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n${
    detail === title ? "" : `<center>${detail}</center>\r\n`
  }<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { status, contentType: "text/html", body };
}

/** What WeChat's proxy says to a client certificate that is expired or another merchant's. */
export const certificatePage = gatewayPage(400, "Bad Request", "The SSL certificate error");
