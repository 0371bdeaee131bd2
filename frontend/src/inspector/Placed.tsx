import { useId, type ComponentProps, type ReactNode } from "react";

import type { Path } from "@/asl/types.ts";
import { inPlace, useMessages, useProblemsAt } from "@/inspector/problemPlaces.ts";
import { Field, FieldMessage, type ControlProps } from "@/ui/Field.tsx";

/** A field that shows what is wrong at its path. */
export function PlacedField({ at, ...field }: { at: Path } & ComponentProps<typeof Field>) {
  return <Field {...field} {...useMessages(at)} />;
}

/** What is wrong with something that is more than one field, as a whole or where none of its fields shows it. */
export function PlaceMessage({ at }: { at: Path }) {
  return <FieldMessage {...useMessages(at)} tight />;
}

/** For a control without a label of its own: what ties it to its message, and the message, to stand elsewhere. */
export function usePlacedControl(at: Path): { control: ControlProps; message: ReactNode } {
  const id = useId();
  const { error, warning } = useMessages(at);
  return {
    control: { id: `${id}-control`, "aria-describedby": id, "aria-invalid": error !== null || undefined },
    message: <FieldMessage id={id} error={error} warning={warning} tight />,
  };
}

/** What is wrong with the state as a whole, and all that no field on the tab shows: a line each. */
export function StateMessages() {
  return useProblemsAt([]).map((found, index) => (
    <FieldMessage
      key={index}
      {...(found.problem.severity === "ERROR" ? { error: inPlace(found) } : { warning: inPlace(found) })}
    />
  ));
}
