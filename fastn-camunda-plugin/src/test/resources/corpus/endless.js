export default async function () {
  for (;;) await fastn.connector.probe.read("again");
}
