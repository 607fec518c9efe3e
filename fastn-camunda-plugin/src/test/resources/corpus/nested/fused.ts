const p = fastn.connector.probe;

const down = async (n: number): Promise<number> => (n > 0 ? (await p.read(1)) + (await down(n - 1)) : 0);

export default async function (): Promise<unknown> {
  const first = await p.read(1);
  try {
    await p.fail(first);
  } catch (error) {
    return [await down(2), (error as Error).message];
  }
}
