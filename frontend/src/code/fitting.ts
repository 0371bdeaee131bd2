/** What is offered: its name, and what stands beside that. */
interface Named {
  readonly label: string;
  readonly detail?: string;
}

/** The offers that go with what is typed, those that begin with it first; the editor does not filter again. */
export function fitting<Offer extends Named>(offers: readonly Offer[], typed: string): Offer[] {
  const wanted = typed.toLowerCase();
  const holds = ({ label, detail }: Offer) => `${label} ${detail ?? ""}`.toLowerCase().includes(wanted);
  const begins = ({ label }: Offer) => label.toLowerCase().startsWith(wanted);
  return [...offers.filter(begins), ...offers.filter((offer) => !begins(offer) && holds(offer))];
}
