/** How many checks or tests passed and failed, and of each that failed what one needs to know to find it again. */
export type Tally = { passed: number; failed: number; failures: string[] };

export function sum(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((all, { passed }) => all + passed, 0),
    failed: tallies.reduce((all, { failed }) => all + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}
