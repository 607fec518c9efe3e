export default function ConnectorPage(_: { slug?: string; params: URLSearchParams }) {
  return null;
}
