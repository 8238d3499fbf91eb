import type { Vector } from '../server/modules/triage/features.ts';

/**
 * Complement naive Bayes (Rennie, Shih, Teevan, Karger: Tackling the poor assumptions of naive Bayes text classifiers,
 * ICML 2003), weights normalised: the yardstick of the triage benchmark.
 */
export function complementBayes(
  examples: readonly { vector: Vector; label: number }[],
  labels: number,
  rows: number,
  smoothing: number,
): (vector: Vector) => Float64Array {
  const total = new Float64Array(rows);
  const within = Array.from({ length: labels }, () => new Float64Array(rows));
  for (const { vector, label } of examples) {
    vector.rows.forEach((row, p) => {
      total[row]! += vector.values[p]!;
      within[label]![row]! += vector.values[p]!;
    });
  }
  const everything = total.reduce((sum, one) => sum + one, 0);
  const weights = within.map((own) => {
    const others = Math.log(everything - own.reduce((sum, one) => sum + one, 0) + smoothing * rows);
    const weight = new Float32Array(rows);
    let size = 0;
    for (let row = 0; row < rows; row++) {
      weight[row] = others - Math.log(total[row]! - own[row]! + smoothing);
      size += Math.abs(weight[row]!);
    }
    return weight.map((one) => one / size);
  });
  return (vector) =>
    Float64Array.from(weights, (weight) =>
      vector.rows.reduce((sum, row, p) => sum + weight[row]! * vector.values[p]!, 0),
    );
}
