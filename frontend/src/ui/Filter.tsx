import { Button } from "./Button.tsx";
import { Menu, MenuChoice } from "./Menu.tsx";

interface FilterProps<T extends string> {
  /** "Status"; the button says "Status: any". Without it the held option stands alone, as for a sort. */
  label?: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
  /** Said by a screen reader when there is no label. */
  name?: string;
}

/** One of several ways to narrow or sort a list. */
export function Filter<T extends string>({ label, name, value, onChange, options }: FilterProps<T>) {
  const held = options.find((option) => option.value === value)?.label ?? value;
  return (
    <Menu
      align={label ? "start" : "end"}
      trigger={
        <Button kind={label ? "ordinary" : "quiet"} iconAfter="chevron-down" title={name}>
          {label ? `${label}: ${held}` : held}
        </Button>
      }
    >
      <MenuChoice value={value} onChange={onChange} options={options} />
    </Menu>
  );
}
