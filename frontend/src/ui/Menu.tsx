import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { Icon, type IconName } from "./icons.tsx";
import { Kbd } from "./Kbd.tsx";
import styles from "./Menu.module.css";

interface MenuProps {
  /** One button or link that opens the menu. */
  trigger: ReactNode;
  align?: "start" | "center" | "end";
  children: ReactNode;
}

/** A menu below its button: arrows walk, letters find, Esc closes. */
export function Menu({ trigger, align = "start", children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  icon?: IconName;
  /** Key caps at the right. */
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  title?: string;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, keys, danger, disabled, title, onSelect, children }: ItemProps) {
  return (
    <DropdownMenu.Item
      className={danger ? `${styles.item} ${styles.danger}` : styles.item}
      disabled={disabled}
      title={title}
      onSelect={onSelect}
    >
      {icon && <Icon name={icon} size="s" />}
      <span className="grow clip">{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </DropdownMenu.Item>
  );
}

/** An item that goes to a page. */
export function MenuLink({ to, icon, children }: { to: string; icon?: IconName; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <MenuItem icon={icon} onSelect={() => void navigate(to)}>
      {children}
    </MenuItem>
  );
}

interface ChoiceProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; icon?: IconName }[];
}

/** One of several, the held one ticked. */
export function MenuChoice<T extends string>({ value, onChange, options }: ChoiceProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={styles.item}>
          <span className={styles.tick}>
            <DropdownMenu.ItemIndicator>
              <Icon name="check" size="s" />
            </DropdownMenu.ItemIndicator>
          </span>
          {option.icon && <Icon name={option.icon} size="s" />}
          <span className="grow clip">{option.label}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuRule() {
  return <DropdownMenu.Separator className={styles.rule} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className={styles.label}>{children}</DropdownMenu.Label>;
}
