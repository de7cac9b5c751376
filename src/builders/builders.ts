import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { builders as words } from '../model/carried-out/course.ts';
import type { Builder } from '../model/supply.ts';
import type { BuilderPlugin } from './builder.ts';
import { external } from './external/external.ts';
import { githubActions } from './github-actions/github-actions.ts';
import { kpack } from './kpack/kpack.ts';
import { tekton } from './tekton/tekton.ts';

type CarriedBuilder = CarriedWord<typeof words>;

/** Who turns source into artifacts: a builder without an entry does not compile. */
export const builders = { githubActions, kpack, tekton, external } satisfies {
  readonly [Kind in CarriedBuilder]: BuilderPlugin<Kind>;
};

/** A face of any kind: compared by what it has, not by its kind. */
type AnyBuilder = { readonly [Key in keyof BuilderPlugin<CarriedBuilder>]: BuilderPlugin<CarriedBuilder>[Key] };

/** Every builder, in the order of the table. */
export const everyBuilder: readonly AnyBuilder[] = Object.values(builders);

/** A builder that something carries out. */
type Carried = Extract<Builder, { readonly kind: CarriedBuilder }>;

/** Whether something carries a builder out; the model refuses the others. */
export const isCarried = (builder: Builder): builder is Carried => Object.hasOwn(builders, builder.kind);

/** The face of a builder. */
export const faceOf = ({ kind }: Carried): AnyBuilder => builders[kind];
