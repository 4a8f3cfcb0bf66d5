import { checkHealth } from "@/lib/health/check-health";
import { json } from "@/lib/http/json-route";
import { shop } from "@/lib/shop";

/** For load balancers and operators: 503 only when the database is away; `degraded` still takes payments. */
export async function GET(): Promise<Response> {
  const health = await checkHealth(shop());
  return json(health, { status: health.status === "down" ? 503 : 200 });
}
