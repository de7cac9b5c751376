/** Colours of one scheme. */
interface Colours {
  readonly sea: string;
  readonly land: string;
  readonly shore: string;
  readonly ink: string;
  readonly quiet: string;
  readonly box: string;
  readonly boxEdge: string;
  readonly group: string;
  readonly groupEdge: string;
  readonly foreign: string;
  readonly foreignEdge: string;
  readonly store: string;
  readonly storeEdge: string;
  readonly lid: string;
  readonly backup: string;
  readonly backupEdge: string;
  readonly backupLid: string;
  readonly outside: string;
  readonly outsideEdge: string;
  readonly line: string;
  readonly route: string;
  readonly out: string;
  readonly dump: string;
  readonly course: string;
  readonly release: string;
  readonly releaseInk: string;
  readonly closed: string;
  readonly open: string;
}

const light: Colours = {
  sea: '#e8f1f6',
  land: '#fffdf8',
  shore: '#b9c9d3',
  ink: '#14212b',
  quiet: '#46586a',
  box: '#eaf2fd',
  boxEdge: '#2f6fb5',
  group: '#dbe8f8',
  groupEdge: '#174a82',
  foreign: '#f1eefb',
  foreignEdge: '#7a62c0',
  store: '#fdf1dc',
  storeEdge: '#b0741a',
  lid: '#f7e0b6',
  backup: '#e6f4ea',
  backupEdge: '#2f8050',
  backupLid: '#cbe8d5',
  outside: '#ffffff',
  outsideEdge: '#5b7080',
  line: '#5b7080',
  route: '#2f6fb5',
  out: '#a1493d',
  dump: '#2f8050',
  course: '#0f3d5e',
  release: '#0f3d5e',
  releaseInk: '#ffffff',
  closed: '#a33a2c',
  open: '#2f8050',
};

const dark: Colours = {
  sea: '#0b1620',
  land: '#14222e',
  shore: '#33495a',
  ink: '#eef4f8',
  quiet: '#b3c3cf',
  box: '#17324d',
  boxEdge: '#6cabec',
  group: '#1f4468',
  groupEdge: '#9cc8f7',
  foreign: '#2a2545',
  foreignEdge: '#ad9aee',
  store: '#3a2c14',
  storeEdge: '#e0a64e',
  lid: '#57421d',
  backup: '#153524',
  backupEdge: '#66c48c',
  backupLid: '#1f4f36',
  outside: '#1b2b38',
  outsideEdge: '#93a8b8',
  line: '#93a8b8',
  route: '#6cabec',
  out: '#ee9a8c',
  dump: '#66c48c',
  course: '#8fd0ff',
  release: '#8fd0ff',
  releaseInk: '#0b1620',
  closed: '#ff9686',
  open: '#66c48c',
};

/** Literal colours in classes, not variables: programs that know neither variables nor schemes then show the light picture. */
const rules = (colours: Colours): readonly string[] => [
  `.sea{fill:${colours.sea}}`,
  `.land{fill:${colours.land};stroke:${colours.shore}}`,
  `.ink{fill:${colours.ink}}`,
  `.quiet{fill:${colours.quiet}}`,
  `.service{fill:${colours.box};stroke:${colours.boxEdge}}`,
  `.source{fill:${colours.land};stroke:${colours.course}}`,
  `.foreign{fill:${colours.foreign};stroke:${colours.foreignEdge}}`,
  `.database,.claim{fill:${colours.store};stroke:${colours.storeEdge}}`,
  `.database-lid,.claim-lid{fill:${colours.lid};stroke:${colours.storeEdge}}`,
  `.backup{fill:${colours.backup};stroke:${colours.backupEdge}}`,
  `.backup-lid{fill:${colours.backupLid};stroke:${colours.backupEdge}}`,
  `.outside,.internet{fill:${colours.outside};stroke:${colours.outsideEdge}}`,
  `.label{fill:${colours.land}}`,
  ...Object.entries({
    connection: colours.line,
    mount: colours.storeEdge,
    route: colours.route,
    internet: colours.out,
    backup: colours.dump,
    course: colours.course,
  }).flatMap(([kind, colour]) => [`.${kind}-line{stroke:${colour}}`, `.${kind}-head{fill:${colour}}`]),
  `.release{fill:${colours.release}}`,
  `.release-ink{fill:${colours.releaseInk}}`,
  `.closed{fill:${colours.sea};stroke:${colours.closed}}`,
  `.closed-ink{fill:${colours.closed}}`,
  `.open{fill:${colours.sea};stroke:${colours.open}}`,
  `.open-ink{stroke:${colours.open}}`,
];

/** Everything but the colours. Text that is no class of its own has the reader's plain font. */
const shapes: readonly string[] = [
  "text{font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Helvetica,Arial,'Liberation Sans',sans-serif}",
  '.bold{font-weight:600}',
  '.shape{stroke-width:1.5}',
  '.internet,.foreign{stroke-dasharray:5 3}',
  '.line{fill:none;stroke-width:1.6}',
  '.mount-line,.internet-line,.backup-line{stroke-dasharray:4 3}',
  '.course-line{stroke-width:3.5}',
  '.line.anchor{stroke-width:2.2}',
  '.gate{stroke-width:2}',
  '.line.lock{fill:none;stroke-width:2}',
  '.open-ink{fill:none;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}',
];

const groupRule = ({ group, groupEdge }: Colours): string => `.group{fill:${group};stroke:${groupEdge}}`;

/** The picture's style sheet, for light and dark. @param hasGroups - whether anything is folded in it */
export const svgStyle = (hasGroups: boolean): string =>
  [
    ...shapes,
    ...rules(light),
    ...(hasGroups ? ['.group{stroke-width:3}', groupRule(light)] : []),
    `@media (prefers-color-scheme:dark){${[...rules(dark), ...(hasGroups ? [groupRule(dark)] : [])].join('')}}`,
  ].join('\n');
