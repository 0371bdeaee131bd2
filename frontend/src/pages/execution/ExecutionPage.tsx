export default function ExecutionPage() {
  return <main>Execution</main>;
}
