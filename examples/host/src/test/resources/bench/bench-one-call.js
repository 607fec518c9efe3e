export default async function () {
  const answers = await Promise.all([1].map((n) => fastn.connector.service.read({ n })));
  return answers.length;
}
