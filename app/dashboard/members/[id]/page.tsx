import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { findMember } from "@/lib/members/find-member";
import { listOrdersOfMember } from "@/lib/members/list-orders-of-member";
import { listRefundsOfMember } from "@/lib/members/list-refunds-of-member";
import { listTags } from "@/lib/members/list-tags";
import { readOpenMatters } from "@/lib/members/open-matters";
import { readMemberHistory } from "@/lib/members/read-member-history";
import { listNotes } from "@/lib/notes/list-notes";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../../desk-settings";
import { Notes } from "../../orders/[orderNo]/notes";
import { Timeline } from "../../orders/[orderNo]/timeline";
import { ActionPanel } from "../../parts/action-panel";
import { PageHeading, Section } from "../../parts/heading";
import { cursorOf, hrefOf, type SearchParams } from "../../parts/query";
import { MemberMarks } from "../member-marks";
import { act } from "./act";
import { DataRights } from "./data-rights";
import { MemberOrders } from "./member-orders";
import { MemberRefunds } from "./member-refunds";
import { NoteForm } from "./note-form";
import { PersonalData } from "./personal-data";
import { readMemberId } from "./read-member-id";
import { Selling } from "./selling";
import { Tags } from "./tags";
import { Totals } from "./totals";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("members.one");
  return { title: t("title", { id: (await params).id.slice(0, 15) }) };
}

export default async function MemberPage({ params, searchParams }: Props) {
  const { id } = await params;
  const before = cursorOf((await searchParams).before);
  const path = `/dashboard/members/${encodeURIComponent(id)}`;
  const { role } = await requireStaffOnPage("members.read", hrefOf(path, { before }));
  const memberId = readMemberId(id);
  const member = memberId === null ? null : await findMember(shop(), memberId);
  if (!member) notFound();
  const of = { memberId: member.id };
  const mayErase = isAllowed(role, "members.erase");
  const [orders, refunds, notes, history, tags, open, clock, t] = await Promise.all([
    listOrdersOfMember(shop(), { ...of, before }),
    listRefundsOfMember(shop(), member.id),
    listNotes(shop(), of),
    readMemberHistory(shop(), member.id),
    listTags(shop()),
    mayErase && !member.erasedAt ? readOpenMatters(shop().db, member.id) : null,
    deskClock(),
    getTranslations("members.one"),
  ]);
  const mayEdit = !member.erasedAt && isAllowed(role, "members.edit");
  return (
    <>
      <PageHeading title={t("heading", { id: member.id })}>
        <span className="flex flex-wrap gap-x-4">
          <MemberMarks member={{ ...member, isGuest: member.identities.length === 0 }} />
        </span>
      </PageHeading>
      <ActionPanel action={act}>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
          <div className="grid min-w-0 gap-4">
            <Section id="orders" title={t("orders.title")}>
              <MemberOrders page={orders} path={path} isFirst={before === undefined} clock={clock} />
            </Section>
            {refunds.length > 0 && (
              <Section id="refunds" title={t("refunds.title")}>
                <MemberRefunds refunds={refunds} clock={clock} />
              </Section>
            )}
            {!member.erasedAt && (
              <Section id="notes" title={t("notes.title")}>
                <Notes notes={notes} clock={clock} />
                {isAllowed(role, "orders.note") && (
                  <div className="px-4 pb-3">
                    <NoteForm memberId={member.id} count={notes.length} />
                  </div>
                )}
              </Section>
            )}
          </div>
          <div className="grid min-w-0 gap-4 sm:grid-cols-2 lg:row-span-2 lg:grid-cols-1">
            <Section id="totals" title={t("totals.title")}>
              <Totals member={member} clock={clock} />
            </Section>
            {!member.erasedAt && (
              <>
                <Section id="tags" title={t("tags.title")}>
                  <Tags memberId={member.id} tags={member.tags} known={tags} mayEdit={mayEdit} />
                </Section>
                <Section id="selling" title={t("selling.title")}>
                  <Selling member={member} mayEdit={mayEdit} clock={clock} />
                </Section>
                <Section id="person" title={t("person.title")}>
                  <PersonalData member={member} mayReveal={isAllowed(role, "members.reveal")} />
                </Section>
              </>
            )}
            {open && (
              <Section id="rights" title={t("rights.title")}>
                <DataRights memberId={member.id} open={open} />
              </Section>
            )}
          </div>
          {history.length > 0 && (
            <Section id="history" title={t("history")}>
              <Timeline events={history} clock={clock} mayReadRaw={false} />
            </Section>
          )}
        </div>
      </ActionPanel>
    </>
  );
}
