import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice, noticeAction } from "@/app/ui/notice";
import { listAddresses } from "@/lib/addresses/list-addresses";
import { mostAddresses } from "@/lib/addresses/save-address";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { shop } from "@/lib/shop";
import { AddressText } from "./address-text";
import styles from "./addresses.module.css";
import { DefaultForm } from "./default-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("addresses"))("title"), robots: { index: false } };
}

/** `?way=gone` is where a deed on an address ends that is no more. */
export default async function AddressBook({
  searchParams,
}: {
  searchParams: Promise<{ way?: string | string[] }>;
}) {
  const t = await getTranslations("addresses");
  const unanswered = await getTranslations("shop.unanswered");
  const buyer = await findCurrentBuyer();
  const addresses = buyer ? await listAddresses(shop(), buyer.memberId) : [];
  const isGone = (await searchParams).way === "gone";
  const told = (
    <p className={isGone ? styles.told : "zg-visually-hidden"} role="status">
      {isGone && t("gone")}
    </p>
  );
  if (addresses.length === 0)
    return (
      <>
        {told}
        <Notice title={t("emptyTitle")} text={t("emptyText")}>
          <Link className={noticeAction} href="/addresses/new" prefetch={false}>
            {t("newTitle")}
          </Link>
        </Notice>
      </>
    );

  return (
    <div className={styles.narrow}>
      <h1 className={styles.title}>{t("title")}</h1>
      {told}
      <ul className={`weui-cells ${styles.list}`}>
        {addresses.map((address) => (
          <li key={address.id} className={styles.item}>
            <AddressText address={address} mark={address.isDefault ? t("default") : null} />
            <div className={styles.deeds}>
              {!address.isDefault && (
                <DefaultForm
                  id={address.id}
                  words={{
                    submit: t("setDefault"),
                    label: t("setDefaultOf", { name: address.name }),
                    unreachable: unanswered("text"),
                  }}
                />
              )}
              <Link
                className={styles.deed}
                href={`/addresses/${address.id}`}
                prefetch={false}
                aria-label={t("editOf", { name: address.name })}
              >
                {t("edit")}
              </Link>
            </div>
          </li>
        ))}
      </ul>
      <div className={styles.bar} data-bottom-bar>
        {addresses.length < mostAddresses ? (
          <Link className="weui-btn weui-btn_primary weui-btn_block" href="/addresses/new" prefetch={false}>
            {t("newTitle")}
          </Link>
        ) : (
          <p className={styles.full}>{t("fullText")}</p>
        )}
      </div>
    </div>
  );
}
