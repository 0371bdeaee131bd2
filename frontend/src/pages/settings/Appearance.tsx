import { Segmented } from "@/ui/Segmented.tsx";
import { useTheme } from "@/ui/theme.ts";
import { Group } from "./Group.tsx";

/** The theme of this browser. */
export function Appearance() {
  const [theme, setTheme] = useTheme();
  return (
    <Group title="Appearance" text="Kept in this browser. Motion follows your system's setting.">
      <div>
        <Segmented
          label="Theme"
          value={theme}
          onChange={setTheme}
          segments={[
            { value: "system", label: "As the system", icon: "monitor" },
            { value: "light", label: "Light", icon: "sun" },
            { value: "dark", label: "Dark", icon: "moon" },
          ]}
        />
      </div>
    </Group>
  );
}
