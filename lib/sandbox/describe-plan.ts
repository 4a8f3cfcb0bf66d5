/** A plan in a few words, for lists; what is not asked for is not said. */
export function describePlan(
  plan: Record<string, string | number | boolean | null | undefined>,
  ordinary = "paid",
): string {
  const words = Object.entries(plan)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? name : `${name}=${value}`));
  return words.join(" ") || ordinary;
}
