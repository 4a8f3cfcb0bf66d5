import { getTranslations } from "next-intl/server";
import { shop } from "@/lib/shop";
import { shopSettings } from "../shop-settings";
import { SandboxBridge } from "./sandbox-bridge";
import { cardOf } from "./share-card";
import { SharePages } from "./share-pages";

/** What every page of the shop has inside WeChat, and nowhere else. */
export async function InsideWechat() {
  const t = await getTranslations("shop.share");
  const { shopName } = await shopSettings();
  const { sandbox } = shop().environment;
  return (
    <>
      {sandbox && <SandboxBridge webUrl={sandbox.webUrl} />}
      <SharePages shopCard={cardOf({ title: shopName, text: t("shop"), path: "/", image: null })} />
    </>
  );
}
