import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChartRefusal } from './chart-refusal.ts';

/** Functions of templates that ask a cluster, the clock or a name server: without a cluster a look-up finds nothing, whatever is there. */
const asking = /(?<![.$\w"'`-])(?:lookup|now|getHostByName)(?![\w"'`-])/g;

/** What stands between the braces of a template. */
const action = /\{\{[\s\S]*?\}\}/g;

/** A template in which to ask fails. */
const refusing = (text: string): string =>
  text.replace(action, (inside) => (/^\{\{-?\s*\/\*/.test(inside) ? inside : inside.replace(asking, 'fail')));

/**
 * What a chart asks of the world while it is rendered, in Helm's words with the template and its line; nothing where it asks nothing. A
 * template that would only ask with other values asks nothing.
 *
 * @param archive - absolute path of the chart
 * @param render - renders the chart in a folder @throws ChartRefusal where that cannot be done
 */
export function asksAround(archive: string, render: (chart: string) => unknown): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-chart-'));
  try {
    const { error, status, stderr } = spawnSync('tar', ['-xzf', archive, '-C', folder], { encoding: 'utf8' });
    if (error !== undefined || status !== 0)
      throw new ChartRefusal(`could not be unpacked with tar: ${error?.message ?? stderr.trim()}`);
    const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?:^|\/)templates\/.*\.(?:ya?ml|tpl|txt|json)$/.test(file.replaceAll(path.sep, '/')),
    );
    const changed = templates.filter((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const refused = refusing(text);
      if (refused !== text) writeFileSync(path.join(folder, file), refused);
      return refused !== text;
    });
    const [chart] = readdirSync(folder);
    if (changed.length === 0 || chart === undefined) return undefined;
    render(path.join(folder, chart));
    return undefined;
  } catch (error) {
    if (error instanceof ChartRefusal && error.at === 'values') return error.message;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
