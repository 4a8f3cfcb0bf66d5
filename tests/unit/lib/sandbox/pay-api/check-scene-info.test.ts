import { expect, test } from "vitest";
import { readSceneInfo } from "@/lib/sandbox/pay-api/check-scene-info";

const scene = (info: unknown) => JSON.stringify({ h5_info: info });

test("the three kinds of scene name the merchant", () => {
  const site = { type: "Wap", wap_url: "https://shop.example", wap_name: "示例店" };

  expect(readSceneInfo(scene(site))).toEqual({ name: "示例店", url: "https://shop.example" });
  expect(readSceneInfo(scene({ type: "IOS", app_name: "App", bundle_id: "x.y" }))).toEqual({
    name: "App",
    url: null,
  });
  expect(readSceneInfo(scene({ type: "Android", app_name: "App", package_name: "x.y" }))?.name).toBe("App");
});

test.each([
  "",
  "{}",
  "null",
  "[",
  scene(null),
  scene({ type: "Wap", wap_name: "示例店" }),
  scene({ type: "Wap", wap_url: "https://shop.example", wap_name: "" }),
  scene({ type: "Wap", wap_url: "shop", wap_name: "示例店" }),
  scene({ type: "Web", wap_url: "https://shop.example", wap_name: "示例店" }),
])("%j is none", (text) => {
  expect(readSceneInfo(text)).toBeNull();
});
