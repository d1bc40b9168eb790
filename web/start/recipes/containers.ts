/** Containers and clusters, which see the recorder from outside and read files that are mounted. */

import { fromCluster, fromContainer } from '../../../shared/recorder-address.ts'
import { shellQuoted } from '../../../shared/shell.ts'
import {
  CLUSTER_NETWORKS,
  CONTAINER_TRUST,
  GO_CERTIFICATE,
  IN_CONTAINER,
  LOCAL_NETWORKS,
  pemOf,
  type Recipe,
  yaml,
} from './recipe.ts'

/** Clients that are run so as a rule. */
export const servers: readonly Recipe[] = [
  {
    id: 'traefik',
    label: 'Traefik',
    sign: 'Tr',
    words: 'docker compose reverse proxy go',
    client: 'traefik',
    from: 'container',
    where: 'In compose.yaml, beside what is there',
    parts: ({ proxy, authority }) => [
      [null, 'services:\n  traefik:'],
      [
        1,
        `    environment:
      HTTPS_PROXY: ${yaml(fromContainer(proxy))}
      NO_PROXY: ${yaml(LOCAL_NETWORKS)}
    extra_hosts:
      - host.docker.internal:host-gateway`,
      ],
      [2, `    volumes:\n      - ${yaml(`${authority.pem}:${GO_CERTIFICATE}:ro`)}`],
    ],
    wrong:
      'Traefik sends its backends’ HTTPS through the proxy, too: add those that are not in a private network to `NO_PROXY`. It asks for a certificate only when one is missing or due; `acme.caCertificates` covers the CA and not the DNS provider.',
    undo: () => 'Take the lines out again, then `docker compose up -d traefik`.',
  },
  {
    id: 'cert-manager',
    label: 'cert-manager',
    sign: 'cm',
    words: 'kubernetes helm k8s go issuer',
    client: 'cert-manager',
    from: 'cluster',
    where: 'In a shell with kubectl and helm',
    parts: (recorder) => [
      [
        2,
        `kubectl -n cert-manager create configmap acmescope --from-file=ca.pem=${pemOf(recorder)}
cat > acmescope-values.yaml <<'END'`,
      ],
      [1, `https_proxy: ${yaml(fromCluster(recorder.proxy))}\nno_proxy: ${yaml(CLUSTER_NETWORKS)}`],
      [
        2,
        `volumes:
  - name: acmescope
    configMap:
      name: acmescope
volumeMounts:
  - name: acmescope
    mountPath: ${GO_CERTIFICATE}
    subPath: ca.pem
    readOnly: true
END`,
      ],
      [
        null,
        `helm upgrade cert-manager oci://quay.io/jetstack/charts/cert-manager \\
  -n cert-manager --reset-then-reuse-values -f acmescope-values.yaml`,
      ],
    ],
    wrong:
      '`spec.acme.caBundle` of the issuer covers the CA only, this mount the DNS provider as well. Without the cluster’s networks in `no_proxy` the controller loses the Kubernetes API. Give `--version` to stay on the chart you have.',
    undo: () =>
      '`helm rollback cert-manager -n cert-manager`, then `kubectl -n cert-manager delete configmap acmescope`.',
  },
]

/** Whatever client is in them. */
export const containers: readonly Recipe[] = [
  {
    id: 'docker',
    label: 'Docker',
    sign: 'Do',
    words: 'container run podman',
    client: null,
    from: 'container',
    where: 'In a shell: options of docker run',
    parts: ({ proxy, authority }) => [
      [null, 'docker run --rm \\'],
      [
        1,
        `  --add-host host.docker.internal:host-gateway \\
  -e HTTPS_PROXY=${fromContainer(proxy)} \\`,
      ],
      [
        2,
        `  -v ${shellQuoted(`${authority.bundle}:${IN_CONTAINER}:ro`)} \\
${CONTAINER_TRUST.map((name) => `  -e ${name}=${IN_CONTAINER} \\`).join('\n')}`,
      ],
      [null, '  IMAGE …'],
    ],
    wrong:
      'Within a container 127.0.0.1 is the container itself, so the recorder must listen where containers reach it. A program that runs there as another user than root may not read the file: mount a copy with mode 644. With SELinux add `,z` to `ro`.',
    undo: () => 'Nothing to undo: the container is gone when it ends.',
  },
  {
    id: 'compose',
    label: 'Docker Compose',
    sign: 'Co',
    words: 'docker container yaml service stack',
    client: null,
    from: 'container',
    where: 'In compose.override.yaml, beside your compose.yaml',
    parts: ({ proxy, authority }) => [
      [null, 'services:\n  YOUR-SERVICE:'],
      [
        1,
        `    extra_hosts:
      - host.docker.internal:host-gateway
    environment:
      HTTPS_PROXY: ${yaml(fromContainer(proxy))}
      NO_PROXY: ${yaml(LOCAL_NETWORKS)}`,
      ],
      [
        2,
        `${CONTAINER_TRUST.map((name) => `      ${name}: ${IN_CONTAINER}`).join('\n')}
    volumes:
      - ${yaml(`${authority.bundle}:${IN_CONTAINER}:ro`)}`,
      ],
    ],
    wrong:
      '`docker compose restart` keeps the old environment: `docker compose up -d` makes the container anew. Services of the same stack that the client calls by name belong into `NO_PROXY`.',
    undo: () => 'Delete compose.override.yaml, then `docker compose up -d`.',
  },
  {
    id: 'kubernetes',
    label: 'Kubernetes',
    sign: 'K8',
    words: 'k8s deployment pod kubectl cluster kind minikube',
    client: null,
    from: 'cluster',
    where: 'In a shell with kubectl; for a client in Go',
    parts: (recorder) => [
      [
        2,
        `kubectl create configmap acmescope --from-file=ca.pem=${pemOf(recorder)}
cat > acmescope.yaml <<'END'
spec:
  template:
    spec:
      volumes:
        - name: acmescope
          configMap:
            name: acmescope
      containers:
        - name: YOUR-CONTAINER
          volumeMounts:
            - name: acmescope
              mountPath: ${GO_CERTIFICATE}
              subPath: ca.pem
              readOnly: true`,
      ],
      [
        1,
        `          env:
            - name: HTTPS_PROXY
              value: ${yaml(fromCluster(recorder.proxy))}
            - name: NO_PROXY
              value: ${yaml(CLUSTER_NETWORKS)}
END`,
      ],
      [null, 'kubectl patch deployment YOUR-DEPLOYMENT --patch-file acmescope.yaml'],
    ],
    wrong:
      'The recorder runs outside: pods must reach this machine’s address. In minikube that is host.minikube.internal, in kind the gateway of the network kind. A client that is not in Go needs the bundle and its own variable instead of the mount.',
    undo: () => '`kubectl rollout undo deployment YOUR-DEPLOYMENT`, then `kubectl delete configmap acmescope`.',
  },
]
