/** A custom resource definition, as a project keeps it. */
export const queues = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: queues.example.com
spec:
  group: example.com
  names: { kind: Queue, plural: queues }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: a queue
          properties:
            spec:
              type: object
              required: [size]
              properties:
                size: { type: integer, minimum: 1 }
                mode: { type: string, enum: ['on', 'off'] }
            status: { type: object, properties: { length: { type: integer } } }
    - name: v1alpha1
      served: false
      storage: false
      schema: { openAPIV3Schema: { type: object } }
`;

/** One as operators write them: it says what the cluster alone can check. */
export const stores = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: stores.example.com
spec:
  group: example.com
  names: { kind: Store, plural: stores }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              oneOf: [{ required: [provider] }, { required: [object] }]
              properties:
                provider:
                  type: object
                  minProperties: 1
                  maxProperties: 1
                  properties: { disk: { type: object }, tape: { type: object } }
                wait: { type: string, pattern: '(?i)^[0-9]+s$', x-intent: duration }
                object: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: object } } }
`;
