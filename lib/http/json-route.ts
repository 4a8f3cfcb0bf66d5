import { AppError } from "./app-error";
import { problemResponse } from "./problem";

type Handler<Context> = (request: Request, context: Context) => Promise<Response>;

/** A JSON route: whatever the handler throws becomes a problem document, once, here. */
export function jsonRoute<Context = unknown>(handler: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    try {
      if (/%00/.test(request.url)) throw new AppError("not_found"); // No row can hold a NUL: it is nobody's address.
      return await handler(request, context);
    } catch (error) {
      return problemResponse(request, error);
    }
  };
}

export function json(body: unknown, init: { status?: number; headers?: HeadersInit } = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json; charset=utf-8");
  headers.set("cache-control", "no-store");
  return new Response(JSON.stringify(body), { status: init.status ?? 200, headers });
}
