import { formatCount } from '../../lib/format';
import { Section } from '../elements/section';
import type { ShownModel } from './model-page';
import { NetworkDiagram } from './network-diagram';

/** The network layer by layer: drawn as volumes, and as a table. */
export function NetworkSummary({ model }: { model: ShownModel }) {
  const { input, layers } = model;
  return (
    <Section
      title="Network"
      hint={`${formatCount(model.parameterCount)} weights squeeze ${input.width}×${input.height}×${input.channels} pixels into an embedding of ${formatCount(model.latentSize)} numbers, and redraw the picture from it.`}
    >
      <NetworkDiagram input={input} layers={layers} />
      <details className="mt-4" open>
        <summary className="text-sm font-medium">Layer by layer</summary>
        <div tabIndex={0} role="region" aria-label="Layers" className="mt-2 overflow-x-auto">
          <table className="w-full text-xs sm:min-w-[26rem] sm:text-sm">
            <thead>
              <tr className="text-left text-muted">
                {['Layer', 'What it does', 'Output'].map((name) => (
                  <th key={name} scope="col" className="pr-2 sm:pr-4 pb-1.5 font-normal">
                    {name}
                  </th>
                ))}
                <th scope="col" className="pb-1.5 text-right font-normal">
                  Weights
                </th>
              </tr>
            </thead>
            {(['ENCODER', 'DECODER'] as const).map((part) => (
              <tbody key={part}>
                <tr>
                  <th
                    scope="rowgroup"
                    colSpan={4}
                    className="pt-3 pb-1 text-left text-xs font-semibold text-accent"
                  >
                    {part === 'ENCODER' ? 'Encoder' : 'Decoder'}
                  </th>
                </tr>
                {layers
                  .filter((layer) => layer.part === part)
                  .map((layer) => (
                    <tr key={layer.name} className="border-t border-line">
                      <th scope="row" className="py-1 pr-2 sm:pr-4 text-left font-medium">
                        <code>{layer.name}</code>
                      </th>
                      <td className="py-1 pr-2 sm:pr-4">{layer.kind}</td>
                      <td className="py-1 pr-2 sm:pr-4 whitespace-nowrap">
                        {layer.outputShape.join(' × ')}
                      </td>
                      <td className="py-1 text-right">{formatCount(layer.parameterCount)}</td>
                    </tr>
                  ))}
              </tbody>
            ))}
            <tfoot>
              <tr className="border-t border-line-strong">
                <th scope="row" colSpan={3} className="py-1.5 text-left font-medium">
                  All
                </th>
                <td className="py-1.5 text-right font-medium">
                  {formatCount(model.parameterCount)}
                </td>
              </tr>
            </tfoot>
          </table>
        </div>
      </details>
    </Section>
  );
}
