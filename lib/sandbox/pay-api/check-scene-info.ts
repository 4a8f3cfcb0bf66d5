import { z } from "zod";
import { refuse } from "@/lib/sandbox/pay-api/refusals";

const name = z.string().min(1).max(64);

/** H5 payment wants to know from which site or app the buyer comes. */
const SceneInfo = z.object({
  h5_info: z.discriminatedUnion("type", [
    z.object({ type: z.literal("Wap"), wap_url: z.url({ protocol: /^https?$/ }), wap_name: name }),
    z.object({ type: z.literal("IOS"), app_name: name, bundle_id: name }),
    z.object({ type: z.literal("Android"), app_name: name, package_name: name }),
  ]),
});

export function checkSceneInfo(text: string | undefined): void {
  if (!text) throw refuse("LACK_PARAMS", "scene_info");
  if (readSceneInfo(text) === null) throw refuse("PARAM_ERROR", "scene_info");
}

/** The site's or app's name and address, for the cashier. Null when it is not what WeChat describes. */
export function readSceneInfo(text: string): { name: string; url: string | null } | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const reading = SceneInfo.safeParse(value);
  if (!reading.success) return null;
  const info = reading.data.h5_info;
  return info.type === "Wap"
    ? { name: info.wap_name, url: info.wap_url }
    : { name: info.app_name, url: null };
}
