import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { EnvironmentNamespace } from '../constructs/bootstrap/environment-namespace.ts';
import { namespacesOf } from '../model/derived/places/namespaces.ts';
import type { Binding } from '../engines/binding.ts';
import { bootstrapOf } from '../engines/engines.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';

/** An environment and what runs in it. */
export interface BootstrapChartProps extends Binding {
  /** Every object that the environment's applications consist of, and of which one. */
  readonly applied: readonly Pick<RenderedObject, 'application' | 'object'>[];
}

/** What must exist before the first sync: the namespace, and what the engines that follow the applications want. */
export class BootstrapChart extends Chart {
  /** What stands before an object's name in its file's: 10 for the namespace, later objects have more. */
  readonly order: ReadonlyMap<ApiObject, number>;

  constructor(scope: Construct, id: string, { applied, ...binding }: BootstrapChartProps) {
    super(scope, id);

    const { environment } = binding;
    new EnvironmentNamespace(this, 'namespace', { environment });
    for (const name of namespacesOf(environment).slice(1))
      new EnvironmentNamespace(this, `namespace-${name}`, { environment, name });
    this.order = new Map(
      bootstrapOf(binding, applied).map(({ id: name, order, object: { apiVersion, kind, metadata, ...rest } }) => [
        new ApiObject(this, name, { apiVersion, kind, metadata, ...rest }),
        order,
      ]),
    );
  }
}
