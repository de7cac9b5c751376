import type { PageState } from '../../page/page-state.ts';
import type { Graph } from '../../review/graph/graph.ts';
import { folded, unfolded } from '../../review/graph/groups/fold.ts';
import { renderSvg } from '../../review/graph/render-svg.ts';

/** The topology as the page shows it: what is large is folded into groups, each of which has a picture of its own. */
export async function picturesOf(graph: Graph): Promise<Pick<PageState, 'picture' | 'parts'>> {
  const whole = folded(graph);
  const parts: PageState['parts'][number][] = [];
  for (const part of whole.parts)
    parts.push({
      id: part.id,
      name: part.harbour.name,
      holds: part.holds,
      picture: await renderSvg(unfolded(graph, [part]), undefined, {
        ids: `${part.id}-`,
        linked: true,
        unstyled: true,
      }),
    });
  return { picture: await renderSvg(whole.graph, undefined, { linked: true }), parts };
}
