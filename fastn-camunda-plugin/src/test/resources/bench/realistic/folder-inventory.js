// Walks a folder tree of the file store, sums sizes, lists the largest files and removes temporary ones.
const LARGEST = 3;
const TEMP = /(^~\$|\.tmp$|^Thumbs\.db$)/;

export default async function (ctx) {
  const root = ctx.input.path || '/';
  const seen = new Set();
  const largest = [];
  let removed = 0;

  async function walk(path, depth) {
    if (depth > 8) throw new RangeError(`folder ${path} is too deep`);
    if (seen.has(path)) return { files: 0, bytes: 0 };
    seen.add(path);
    let files = 0, bytes = 0;
    let listing;
    try {
      listing = await fastn.connector.storage.listFolder({ path });
    } catch (e) {
      if (e.status === 403) {
        console.warn('no access to', path);
        return { files: 0, bytes: 0, denied: [path] };
      }
      throw e;
    }
    const denied = [];
    for (const entry of listing.entries) {
      const full = path === '/' ? '/' + entry.name : path + '/' + entry.name;
      if (entry.folder) {
        const below = await walk(entry.link ?? full, depth + 1);
        files += below.files;
        bytes += below.bytes;
        denied.push(...(below.denied ?? []));
        continue;
      }
      if (TEMP.test(entry.name)) {
        await fastn.connector.storage.deleteFile({ path: full });
        removed++;
        continue;
      }
      files++;
      bytes += entry.size;
      largest.push({ path: full, size: entry.size });
      largest.sort((a, b) => b.size - a.size);
      largest.length = Math.min(largest.length, LARGEST);
    }
    return { files, bytes, denied };
  }

  const { files, bytes, denied = [] } = await walk(root, 0);
  await fastn.connector.sheets.appendRows({ sheet: 'inventory', rows: [[root, files, bytes, removed]] });
  return { files, bytes: human(bytes), removed, largest, denied, folders: seen.size };
}

function human(n) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let i = 0;
  while (n >= 1024 && i < units.length - 1) { n /= 1024; i++; }
  return `${n.toFixed(i === 0 ? 0 : 1)} ${units[i]}`;
}
