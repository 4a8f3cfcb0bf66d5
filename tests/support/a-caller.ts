import { POST as cancel } from "@/app/api/orders/[orderNo]/cancel/route";
import { POST as receive } from "@/app/api/orders/[orderNo]/receive/route";
import { POST as remind } from "@/app/api/orders/[orderNo]/remind/route";
import { GET as read } from "@/app/api/orders/[orderNo]/route";
import { POST as order } from "@/app/api/orders/route";
import { POST as pay } from "@/app/api/pay/route";
import { POST as sendReturn } from "@/app/api/refund/[refundNo]/return/route";
import { POST as withdraw } from "@/app/api/refund/[refundNo]/withdraw/route";
import { POST as refund } from "@/app/api/refund/route";
import { socketAddressHeader } from "@/lib/http/client-address";

export type Answer = {
  status: number;
  body: Record<string, unknown> & { code?: string; orderNo?: string; status?: string };
  headers: Headers;
};

/** Somebody who calls the shop's API through its route functions and keeps the cookie that it sets. */
export function aCaller(options: { address?: string; headers?: Record<string, string> } = {}) {
  let cookie = "";

  async function call(
    handler: (request: Request) => Promise<Response>,
    request: { path: string; method?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer> {
    const headers = new Headers({ ...options.headers, ...request.headers });
    if (cookie) headers.set("cookie", cookie);
    if (options.address) headers.set(socketAddressHeader, options.address);
    const text = typeof request.body === "string" ? request.body : JSON.stringify(request.body);
    const response = await handler(
      new Request(`http://shop.test${request.path}`, {
        method: request.method ?? "POST",
        headers,
        ...(request.body !== undefined && { body: text }),
      }),
    );
    const set = response.headers.get("set-cookie");
    if (set) cookie = set.split(";")[0] ?? "";
    return { status: response.status, body: await response.json(), headers: response.headers };
  }
  const of = (orderNo: string) => ({ params: Promise.resolve({ orderNo }) });

  return {
    call,
    get cookie() {
      return cookie;
    },
    setCookie: (to: string) => {
      cookie = to;
    },
    order: (body: unknown, headers?: Record<string, string>) =>
      call((request) => order(request, {}), { path: "/api/orders", body, headers }),
    pay: (orderNo: string, tradeType: string) =>
      call((request) => pay(request, {}), { path: "/api/pay", body: { orderNo, tradeType } }),
    refund: (body: unknown, headers?: Record<string, string>) =>
      call((request) => refund(request, {}), { path: "/api/refund", body, headers }),
    withdraw: (refundNo: string) =>
      call((request) => withdraw(request, { params: Promise.resolve({ refundNo }) }), {
        path: `/api/refund/${encodeURIComponent(refundNo)}/withdraw`,
      }),
    sendReturn: (refundNo: string, body: unknown) =>
      call((request) => sendReturn(request, { params: Promise.resolve({ refundNo }) }), {
        path: `/api/refund/${encodeURIComponent(refundNo)}/return`,
        body,
      }),
    cancel: (orderNo: string) =>
      call((request) => cancel(request, of(orderNo)), {
        path: `/api/orders/${encodeURIComponent(orderNo)}/cancel`,
      }),
    remind: (orderNo: string) =>
      call((request) => remind(request, of(orderNo)), {
        path: `/api/orders/${encodeURIComponent(orderNo)}/remind`,
      }),
    receive: (orderNo: string) =>
      call((request) => receive(request, of(orderNo)), {
        path: `/api/orders/${encodeURIComponent(orderNo)}/receive`,
      }),
    read: (orderNo: string) =>
      call((request) => read(request, of(orderNo)), {
        path: `/api/orders/${encodeURIComponent(orderNo)}`,
        method: "GET",
      }),
  };
}
