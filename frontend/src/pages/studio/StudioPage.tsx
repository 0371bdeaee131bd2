export default function StudioPage() {
  return <main>Studio</main>;
}
