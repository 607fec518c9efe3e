export async function run() {
  return await fastn.connector.probe.read(1);
}
