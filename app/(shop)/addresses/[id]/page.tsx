import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { findAddress } from "@/lib/addresses/find-address";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { shop } from "@/lib/shop";
import { NotFoundPage } from "../../not-found-page";
import { DeedForm } from "../../orders/deed/deed-form";
import { AddressForm } from "../address-form";
import styles from "../addresses.module.css";
import { wayBack } from "../read-address-form";
import { removeOwnAddress } from "../remove-own-address";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ to?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("addresses"))("editTitle"), robots: { index: false } };
}

export default async function EditAddressPage({ params, searchParams }: Props) {
  const buyer = await findCurrentBuyer();
  const saved = buyer && (await findAddress(shop(), { memberId: buyer.memberId, id: (await params).id }));
  if (!saved) return <NotFoundPage />;
  const t = await getTranslations("addresses");
  const unanswered = await getTranslations("shop.unanswered");
  const to = wayBack((await searchParams).to);
  const { id, isDefault, ...fields } = saved;

  return (
    <div className={styles.narrow}>
      <h1 className={styles.title}>{t("editTitle")}</h1>
      <ClientTexts pick={({ addresses }) => ({ addresses })}>
        <AddressForm saved={{ id, fields, isDefault }} formKey={randomUUID()} to={to} />
      </ClientTexts>
      <details className={styles.remove}>
        <summary>{t("remove")}</summary>
        <p>{t("removeText")}</p>
        <DeedForm
          deed={removeOwnAddress}
          fields={{ id: String(id), to }}
          words={{
            submit: t("removeConfirm"),
            submitting: t("removing"),
            unreachable: unanswered("text"),
          }}
          look="warn"
        />
      </details>
    </div>
  );
}
