/** Hands the definition to the browser as a file. */
export function exportDefinition(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.asl.json`;
  link.click();
  URL.revokeObjectURL(address);
}
