import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';

/** A point of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a layout is asked for: boxes, and lines between them. */
export interface LayoutRequest {
  readonly direction: 'RIGHT' | 'DOWN';
  /** Options of the layout library, by their short names. */
  readonly options: Readonly<Record<string, string>>;
  readonly boxes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    /** Where lines meet the box: on its left and right side, this far from its top. @default - anywhere */
    readonly portHeight?: number;
    /** Options of this box alone. @default - none */
    readonly options?: Readonly<Record<string, string>>;
  }[];
  readonly lines: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly label?: { readonly width: number; readonly height: number };
  }[];
}

/** Where everything goes. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Upper left corner of each box, by id. */
  readonly boxes: ReadonlyMap<string, Point>;
  /** Corners of each line from its start to its end, by id. */
  readonly lines: ReadonlyMap<string, readonly Point[]>;
  /** Upper left corner of each label, by the id of its line. */
  readonly labels: ReadonlyMap<string, Point>;
}

/**
 * Places boxes and lines so that nothing overlaps: the same places for the same request. The library is loaded here and not
 * before, because no other command needs its megabyte.
 *
 * @see https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html
 */
export async function layout(request: LayoutRequest): Promise<Layout> {
  const { boxes, lines } = request;
  const places = new Map(boxes.map(({ id }, i) => [id, `box ${i}`]));
  const plain: LayoutRequest = {
    ...request,
    boxes: boxes.map((box, i) => ({ ...box, id: `box ${i}` })),
    lines: lines.map(({ from, to, ...line }, i) => ({
      ...line,
      id: `line ${i}`,
      from: places.get(from) ?? from,
      to: places.get(to) ?? to,
    })),
  };
  const key = JSON.stringify(plain);
  const found = known.get(key) ?? placedAnew(plain);
  if (known.size === mostKnown) known.clear();
  known.set(key, found);
  const placed = await found;
  const called = <T>(of: ReadonlyMap<string, T>, word: string, ids: readonly { readonly id: string }[]) =>
    new Map(
      ids.flatMap(({ id }, i) => {
        const at = of.get(`${word} ${i}`);
        return at === undefined ? [] : [[id, at] as const];
      }),
    );
  return {
    ...placed,
    boxes: called(placed.boxes, 'box', boxes),
    lines: called(placed.lines, 'line', lines),
    labels: called(placed.labels, 'line', lines),
  };
}

/**
 * Layouts by what they were asked for: environments mostly hold the same, and placing is what takes the time of a picture. The same request has the
 * same layout, so that nothing is remembered that could be another one.
 */
const known = new Map<string, Promise<Layout>>();
const mostKnown = 500;

/** Made once: it reads its own algorithms each time that it is made. */
let made: Promise<ELK> | undefined;
const library = (): Promise<ELK> =>
  (made ??= import('elkjs/lib/elk.bundled.js').then((it) => new it.default.default()));

async function placedAnew(request: LayoutRequest): Promise<Layout> {
  const placed: ElkNode = await (await library()).layout(elkGraph(request));
  const lines = new Map<string, readonly Point[]>();
  const labels = new Map<string, Point>();
  for (const edge of placed.edges ?? []) {
    const [section] = edge.sections ?? [];
    if (section !== undefined)
      lines.set(edge.id, [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(rounded));
    const [label] = edge.labels ?? [];
    if (label !== undefined) labels.set(edge.id, rounded({ x: label.x ?? 0, y: label.y ?? 0 }));
  }
  return {
    width: Math.ceil(placed.width ?? 0),
    height: Math.ceil(placed.height ?? 0),
    boxes: new Map((placed.children ?? []).map(({ id, x = 0, y = 0 }) => [id, rounded({ x, y })])),
    lines,
    labels,
  };
}

/** Half pixels are enough, and the same on every machine. */
const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 2) / 2, y: Math.round(y * 2) / 2 });

function elkGraph({ direction, options, boxes, lines }: LayoutRequest): ElkNode {
  const withPorts = new Set(boxes.filter(({ portHeight }) => portHeight !== undefined).map(({ id }) => id));
  const end = (id: string, side: 'in' | 'out'): string => (withPorts.has(id) ? `${id} ${side}` : id);
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.randomSeed': '1',
      ...prefixed(options),
    },
    children: boxes.map(({ id, width, height, portHeight, options: own = {} }) => ({
      id,
      width,
      height,
      layoutOptions: { ...(portHeight === undefined ? {} : { 'elk.portConstraints': 'FIXED_POS' }), ...prefixed(own) },
      ...(portHeight === undefined
        ? {}
        : { ports: [port(end(id, 'in'), 'WEST', 0, portHeight), port(end(id, 'out'), 'EAST', width, portHeight)] }),
    })),
    edges: lines.map(({ id, from, to, label }) => ({
      id,
      sources: [end(from, 'out')],
      targets: [end(to, 'in')],
      ...(label === undefined
        ? {}
        : {
            labels: [
              { id: `${id} label`, text: id, ...label, layoutOptions: { 'elk.edgeLabels.placement': 'CENTER' } },
            ],
          }),
    })),
  };
}

const port = (id: string, side: string, x: number, y: number) => ({
  id,
  x,
  y,
  width: 0,
  height: 0,
  layoutOptions: { 'elk.port.side': side },
});

const prefixed = (options: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [`elk.${name}`, value]));
