import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listContents } from "@/lib/deliveries/list-contents";
import { shop } from "@/lib/shop";
import { ActionPanel } from "../../parts/action-panel";
import { Empty, PageHeading } from "../../parts/heading";
import { Pager } from "../../parts/pager";
import { cursorOf, hrefOf, type SearchParams } from "../../parts/query";
import { ContentTable } from "./content-table";
import { storeContent } from "./store-content";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.contents"))("title") };
}

const path = "/dashboard/deliveries/contents";

/** What virtual goods are delivered as by themselves, and how many codes are left. */
export default async function ContentsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const [before, product] = [cursorOf(query.before), cursorOf(query.product)];
  await requireStaffOnPage("products.edit", hrefOf(path, { product, before }));

  const t = await getTranslations("desk.contents");
  const { contents, older } = await listContents(shop(), { before, productId: product });
  return (
    <>
      <PageHeading title={t("title")} note={t("note")}>
        <p className="flex flex-wrap gap-x-4">
          {product !== undefined && (
            <Link href={path} prefetch={false}>
              {t("showAll")}
            </Link>
          )}
          <Link href="/dashboard/deliveries" prefetch={false}>
            {t("back")}
          </Link>
        </p>
      </PageHeading>
      <ActionPanel action={storeContent}>
        <div className="sheet">
          {contents.length > 0 ? (
            <ContentTable contents={contents} />
          ) : (
            <Empty title={t("none")}>{t("noneHint")}</Empty>
          )}
        </div>
      </ActionPanel>
      <Pager
        newer={before === undefined ? null : hrefOf(path, { product })}
        older={older === null ? null : hrefOf(path, { product, before: older })}
      />
    </>
  );
}
