export default function ConnectorsPage(_: { slug?: string; params: URLSearchParams }) {
  return null;
}
