import type { Right } from "@/api/types.ts";
import { FieldMessage } from "@/ui/Field.tsx";
import { rightWords } from "./tokenRights.ts";
import styles from "./NewTokenDialog.module.css";

interface RightsFieldProps {
  /** What the person who gives them holds: no more can be given. */
  own: readonly Right[];
  rights: readonly Right[];
  onChange: (rights: readonly Right[]) => void;
  error: string | null | undefined;
}

/** The rights of a program, to be ticked. */
export function RightsField({ own, rights, onChange, error }: RightsFieldProps) {
  const turn = (right: Right, on: boolean) =>
    onChange(on ? [...rights, right] : rights.filter((other) => other !== right));
  return (
    <fieldset aria-describedby="token-rights">
      <legend className={styles.legend}>Rights</legend>
      <div className={styles.rights}>
        {rightWords
          .filter(({ value }) => own.includes(value))
          .map(({ value, label, help }) => (
            <label key={value} className={styles.right}>
              <input
                type="checkbox"
                checked={rights.includes(value)}
                onChange={(event) => turn(value, event.target.checked)}
              />
              <span>{label}</span>
              <span className="muted">{help}</span>
            </label>
          ))}
      </div>
      <FieldMessage id="token-rights" error={error} />
    </fieldset>
  );
}
