import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { Notice, noticeAction } from "@/app/ui/notice";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { countOwnOrders } from "@/lib/orders/count-own-orders";
import { listOwnOrders } from "@/lib/orders/list-own-orders";
import { type OwnOrderShow, ownOrderShows } from "@/lib/orders/own-order-shows";
import { shop } from "@/lib/shop";
import { NotFoundPage } from "../not-found-page";
import { RefreshWhenStale } from "../refresh-when-stale";
import { shopSettings } from "../shop-settings";
import { canSignIn } from "../wechat/current-place";
import { OrderCard } from "./order-card";
import { OrderTabs } from "./order-tabs";
import styles from "./orders.module.css";

type Search = { before?: string | string[]; show?: string | string[]; signIn?: string | string[] };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shop.orders"))("title"), robots: { index: false } };
}

export default async function OwnOrders({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations("shop.orders");
  const query = await searchParams;
  const search = readSearch(query);
  if (!search) return <NotFoundPage />;
  const { before, show } = search;
  const buyer = await findCurrentBuyer();
  const noOrders = <NoOrders isSignedIn={buyer?.openid != null} hasFailed={query.signIn === "failed"} />;
  if (!buyer) return noOrders;
  const { memberId } = buyer;
  const [{ items, nextBefore }, counts, { timeZone }] = await Promise.all([
    listOwnOrders(shop(), { memberId, before, show: show ?? undefined }),
    countOwnOrders(shop(), memberId),
    shopSettings(),
  ]);
  if (items.length === 0 && !show && !before) return noOrders;

  const now = shop().now();
  return (
    <ClientTexts pick={({ shop: { left } }) => ({ shop: { left } })}>
      <div className={styles.narrow}>
        <RefreshWhenStale rendering={randomUUID()} />
        <h1 className={styles.title}>{t("title")}</h1>
        <OrderTabs show={show} counts={counts} />
        {items.length === 0 && (
          <Notice
            heading="h2"
            title={before || !show ? t("noneBefore") : t(`emptyIn.${show}`)}
            text={t("emptyInText")}
          >
            <Link className={noticeAction} href="/orders" prefetch={false}>
              {t("all")}
            </Link>
          </Notice>
        )}
        <ul className={styles.list}>
          {items.map((order) => (
            <OrderCard key={order.orderNo} order={order} now={now} timeZone={timeZone} />
          ))}
        </ul>
        {nextBefore && (
          <Link
            className={styles.more}
            href={`/orders?${new URLSearchParams({ ...(show && { show }), before: nextBefore })}`}
            prefetch={false}
          >
            {t("more")}
          </Link>
        )}
      </div>
    </ClientTexts>
  );
}

/** Nothing that we know of: whoever ordered elsewhere is offered to be recognised. */
async function NoOrders({ isSignedIn, hasFailed }: { isSignedIn: boolean; hasFailed: boolean }) {
  const t = await getTranslations("shop.orders");
  const me = await getTranslations("me");
  const mayBeMore = !isSignedIn && (await canSignIn());
  return (
    <Notice title={t("emptyTitle")} text={t(mayBeMore ? "emptySignIn" : "emptyText")}>
      {mayBeMore && hasFailed && (
        <p className={styles.problem} role="alert">
          {me("signInFailed")}
        </p>
      )}
      {mayBeMore && (
        <a className={noticeAction} href="/api/auth/wechat?returnTo=/orders">
          {me("signIn")}
        </a>
      )}
      <Link className={noticeAction} href="/" prefetch={false}>
        {t("browse")}
      </Link>
    </Notice>
  );
}

/** An address that this page never gave out is none of its pages. */
function readSearch({ before, show }: Search): { before: string | null; show: OwnOrderShow | null } | null {
  if (before !== undefined && (typeof before !== "string" || !/^\d{1,40}$/.test(before))) return null;
  const known = ownOrderShows.find((one) => one === show);
  if (show !== undefined && !known) return null;
  return { before: before ?? null, show: known ?? null };
}
