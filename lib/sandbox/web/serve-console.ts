import { type Answer, gatewayPage, json } from "@/lib/sandbox/answer";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { consoleActions } from "@/lib/sandbox/web/console-actions";
import { hasFormToken } from "@/lib/sandbox/web/form-token";
import { redirect } from "@/lib/sandbox/web/page";
import { showConsole } from "@/lib/sandbox/web/show-console";
import { showOrder } from "@/lib/sandbox/web/show-order";
import type { Visit } from "@/lib/sandbox/web/visit";

const orderPath = "/console/orders/";

/** The console's pages, and its forms: each does one thing and comes back to a page that says how it went. */
export function serveConsole(sandbox: Sandbox, visit: Visit): Answer {
  const path = visit.url.pathname;
  if (visit.request.method === "GET") {
    if (path === "/console") return showConsole(sandbox, visit);
    if (!path.startsWith(orderPath)) return gatewayPage(404, "Not Found");
    const outTradeNo = decode(path.slice(orderPath.length));
    return outTradeNo === null ? gatewayPage(400, "Bad Request") : showOrder(sandbox, visit, outTradeNo);
  }
  const name = path.slice("/console/".length);
  const action = Object.hasOwn(consoleActions, name) ? consoleActions[name] : undefined;
  if (!action || visit.request.method !== "POST") return gatewayPage(404, "Not Found");
  if (!hasFormToken(visit.form))
    return json({ error: "the form is from before a restart: reload the page" }, 403);
  const result = action(sandbox, visit.form);
  const query = new URLSearchParams(result.ok ? { said: "done" } : { said: result.text, bad: "1" });
  return redirect(`${backTo(visit.form)}?${query}`);
}

function backTo(form: URLSearchParams): string {
  const outTradeNo = form.get("outTradeNo");
  const isOrderPage = outTradeNo && form.get("from") !== "/console" && !form.has("fault");
  return isOrderPage ? `${orderPath}${encodeURIComponent(outTradeNo)}` : "/console";
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
