import { useTranslations } from "next-intl";
import type { StaffRole } from "@/lib/db/schema/staff";
import { type Badges, badgeAtMost } from "@/lib/staff/count-badges";
import { isBadge } from "./desk-badges";
import { type DeskPage, isUnderTheThumb, pagesOf } from "./desk-pages";
import { MoreMenu } from "./more-menu";
import { NavLink } from "./nav-link";

type Props = { role: StaffRole; badges: Badges };

/** At a desk: every room the role may enter, in a column at the side. */
export function Sidebar({ role, badges }: Props) {
  const t = useTranslations("desk.nav");
  return (
    <nav
      aria-label={t("label")}
      className="sticky top-0 hidden max-h-dvh w-42 shrink-0 self-start overflow-y-auto border-line py-3 lg:block print:hidden"
    >
      <Rooms role={role} badges={badges} of={() => true} />
    </nav>
  );
}

/** On a phone: what the role opens all day under the thumb, the rest one touch away. */
export function ThumbBar({ role, badges }: Props) {
  const t = useTranslations("desk.nav");
  const near = pagesOf(role)
    .flatMap(({ pages }) => pages)
    .filter(({ name }) => isUnderTheThumb(role, name));
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-10 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden print:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {near.map((page) => (
          <li key={page.name}>
            <RoomLink page={page} badges={badges} look="thumb" />
          </li>
        ))}
        <li>
          <MoreMenu label={t("more")}>
            <Rooms role={role} badges={badges} of={(page) => !isUnderTheThumb(role, page.name)} />
          </MoreMenu>
        </li>
      </ul>
    </nav>
  );
}

function Rooms({ role, badges, of }: Props & { of: (page: DeskPage) => boolean }) {
  const t = useTranslations("desk.nav");
  const groups = pagesOf(role)
    .map((group) => ({ ...group, pages: group.pages.filter(of) }))
    .filter(({ pages }) => pages.length > 0);
  return (
    <div className="grid gap-3 px-2">
      {groups.map(({ name, pages }) => (
        <div key={name}>
          <p className="px-2.5 pb-0.5 text-s text-soft">{t(`groups.${name}`)}</p>
          <ul>
            {pages.map((page) => (
              <li key={page.name}>
                <RoomLink page={page} badges={badges} look="row" />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function RoomLink({ page, badges, look }: { page: DeskPage; badges: Badges; look: "row" | "thumb" }) {
  const t = useTranslations("desk.nav");
  const told = useTranslations("alarms");
  const kind = isBadge(page.name) ? page.name : null;
  const count = kind ? badges[kind] : 0;
  const shown = shownCount(count);
  const badge = kind && count > 0 ? { count: shown, words: told(`counted.${kind}`, { count: shown }) } : null;
  return <NavLink href={page.href} label={t(page.name)} badge={badge} look={look} />;
}

export function shownCount(count: number): string {
  return count < badgeAtMost ? String(count) : `${badgeAtMost - 1}+`;
}
