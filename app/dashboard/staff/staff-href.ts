export function staffHref(id: number): string {
  return `/dashboard/staff/${id}`;
}
