import { mayReadMetrics, renderMetrics } from "@/lib/health/metrics";
import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";
import { shop } from "@/lib/shop";

/** Prometheus scrapes this. Without METRICS_TOKEN there is no such address. */
export const GET = jsonRoute(async (request) => {
  const { metricsToken } = shop().environment;
  if (!metricsToken) throw new AppError("not_found");
  if (!mayReadMetrics(request.headers.get("authorization"), metricsToken))
    throw new AppError("unauthenticated");
  return new Response(await renderMetrics(shop()), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  });
});
