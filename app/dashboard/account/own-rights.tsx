import type { Permission } from "@/lib/staff/rights";
import { useRightText } from "../staff/rights-table";

/** What one's own role may do, in words. */
export function OwnRights({ rights }: { rights: Permission[] }) {
  const textOf = useRightText();
  return (
    <ul className="grid gap-1 px-4 py-3 text-s">
      {rights.map((permission) => (
        <li key={permission}>{textOf(permission)}</li>
      ))}
    </ul>
  );
}
