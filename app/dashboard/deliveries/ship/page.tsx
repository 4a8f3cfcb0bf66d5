import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listSelected } from "@/lib/batches/list-selected";
import { mostSelected } from "@/lib/batches/ship-selection";
import { shop } from "@/lib/shop";
import { ActionForm, ActionPanel } from "../../parts/action-panel";
import { Submit } from "../../parts/form-fields";
import { Empty, PageHeading } from "../../parts/heading";
import type { SearchParams } from "../../parts/query";
import { boardPath } from "../read-query";
import { SelectedTable } from "./selected-table";
import { shipSelected } from "./ship-selected";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.shipMany"))("title") };
}

const path = "/dashboard/deliveries/ship";

/** One row an order that somebody ticked: carrier and number typed or scanned, all of them sent at once. */
export default async function ShipPage({ searchParams }: { searchParams: SearchParams }) {
  const { order } = await searchParams;
  const wished = [...new Set([order ?? []].flat())];
  const orderNos = wished.filter((number) => /^[0-9A-Za-z]{1,32}$/.test(number)).slice(0, mostSelected);
  const here = `${path}?${new URLSearchParams(orderNos.map((number) => ["order", number]))}`;
  await requireStaffOnPage("orders.ship", here);

  const t = await getTranslations("desk.shipMany");
  const orders = await listSelected(shop(), orderNos);
  const isShippable = orders.some(({ refused }) => refused === null);
  return (
    <>
      <PageHeading title={t("title")} note={t("note")}>
        <Link href="/dashboard/deliveries/import" prefetch={false}>
          {t("toBatches")}
        </Link>
      </PageHeading>
      {wished.length > mostSelected && (
        <p role="status" className="mb-3 text-warn">
          {t("tooMany", { most: mostSelected })}
        </p>
      )}
      {orders.length === 0 ? (
        <div className="sheet">
          <Empty title={t("none")}>
            <Link href={boardPath} prefetch={false}>
              {t("noneHint")}
            </Link>
          </Empty>
        </div>
      ) : (
        <ActionPanel action={shipSelected}>
          <ActionForm form="ship">
            {/* Without JavaScript Enter presses the first button: one that ships nothing. */}
            <button type="submit" name="deed" value="" hidden />
            <div className="sheet">
              <SelectedTable orders={orders} />
            </div>
            {isShippable && (
              <p>
                <Submit primary name="deed" value="ship">
                  {t("submit")}
                </Submit>
              </p>
            )}
          </ActionForm>
        </ActionPanel>
      )}
    </>
  );
}
