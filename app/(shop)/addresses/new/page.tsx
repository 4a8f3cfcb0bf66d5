import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { Notice, noticeAction } from "@/app/ui/notice";
import { countAddresses } from "@/lib/addresses/count-addresses";
import { mostAddresses } from "@/lib/addresses/save-address";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { shop } from "@/lib/shop";
import { AddressForm } from "../address-form";
import styles from "../addresses.module.css";
import { wayBack } from "../read-address-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("addresses"))("newTitle"), robots: { index: false } };
}

export default async function NewAddressPage({
  searchParams,
}: {
  searchParams: Promise<{ to?: string | string[] }>;
}) {
  const t = await getTranslations("addresses");
  const buyer = await findCurrentBuyer();
  if (buyer && (await countAddresses(shop(), buyer.memberId)) >= mostAddresses)
    return (
      <Notice title={t("fullTitle")} text={t("fullText")}>
        <Link className={noticeAction} href="/addresses" prefetch={false}>
          {t("title")}
        </Link>
      </Notice>
    );
  return (
    <div className={styles.narrow}>
      <h1 className={styles.title}>{t("newTitle")}</h1>
      <ClientTexts pick={({ addresses }) => ({ addresses })}>
        <AddressForm saved={null} formKey={randomUUID()} to={wayBack((await searchParams).to)} />
      </ClientTexts>
    </div>
  );
}
