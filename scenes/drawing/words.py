"""The words of every lecture, in both languages. Those of one lecture are in its own file.

`{...}` in a caption is filled with the record's numbers by the scene that says it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """All that a film says by itself; one field per meaning."""

    language: str
    # labels on screen
    inputs: str
    predictions: str
    targets: str
    residuals: str
    parameters: str
    epoch: str
    loss: str
    loss_function: str
    optimizer: str
    network: str
    data: str
    weights: str
    positive: str
    negative: str
    width_scale: str
    smaller_is_better: str
    target_legend: str
    prediction_legend: str
    mean_squared_error: str
    before_training: str
    after_training: str
    references: str
    rule: str
    samples: str
    truth_line: str
    component: str
    selection: str
    left_out: str
    diverged: str
    lowest: str
    grey_runs: str
    equal_line: str
    axes: str
    # captions, one sentence each
    say_title: str
    say_code: str
    say_code_loss: str
    say_code_optimizer: str
    say_inputs: str
    say_rule: str
    say_file: str
    say_targets: str
    say_initial: str
    say_epoch: str
    say_sweep: str
    say_forward: str
    say_compare: str
    say_update: str
    say_formula: str
    say_symbols: str
    say_smaller: str
    say_substitution: str
    say_squares: str
    say_mean: str
    say_curve: str
    say_curve_marks: str
    say_line: str
    say_fit: str
    say_one_run: str
    say_runs: str
    say_grey_runs: str
    say_one_end: str
    say_one_diverged: str
    say_lowest: str
    say_tied: str
    say_of_diverged: str
    say_all_diverged: str
    say_fits: str
    say_each_run: str
    say_named_runs: str
    say_cut: str
    say_references: str


ZH = Phrases(
    language="zh",
    inputs="输入",
    predictions="预测值",
    targets="真实值",
    residuals="预测值 − 真实值",
    parameters="神经网络参数",
    epoch="Epoch",
    loss="损失值",
    loss_function="loss function 损失函数",
    optimizer="optimizer 优化器",
    network="神经网络",
    data="数据",
    weights="权重, 偏置",
    positive="正权重",
    negative="负权重",
    width_scale="线宽 = |w|",
    smaller_is_better="越小越好",
    target_legend="真实目标值",
    prediction_legend="预测值",
    mean_squared_error="均方误差",
    before_training="训练前",
    after_training="训练后",
    references="参考文献",
    rule="规则",
    samples="{count} 个样本",
    truth_line="真实函数",
    component="输入和输出的第 1 个分量",
    selection="显示 {shown} / {count} 行",
    left_out="另有 {count} 个矩阵未显示",
    diverged="第 {epoch} 轮起发散",
    lowest="最低损失值",
    grey_runs="另有 {count} 次训练为灰色",
    equal_line="预测值 = 真实值",
    axes="横轴: {x}, 纵轴: {y}",
    say_title="{lesson}",
    say_code="编译并训练模型: 损失函数、优化器, 训练 {epochs} 轮",
    say_code_loss="损失函数是 {loss}, 衡量预测值离真实值有多远",
    say_code_optimizer="优化器是 {optimizer}, 学习率 {learning_rate}, 它决定怎样修改权重",
    say_inputs="输入 x 有 {count} 个样本, 从 {first} 到 {last}",
    say_rule="要学习的规则是 f(x) = {rule}",
    say_file="每个样本都有一个要学习的真实值",
    say_targets="每个 x 经过规则, 得到真实值, 从 {first} 到 {last}",
    say_initial="第 {epoch} 轮: 网络有 {count} 个参数, 损失值是 {loss}",
    say_epoch="第 {epoch} 轮后, 损失值从 {before} 变为 {after}",
    say_sweep="从第 {start} 轮到第 {epoch} 轮, 损失值从 {before} 变为 {after}",
    say_forward="数据进入网络, 得到预测值: x = {x} 时预测值是 {prediction}",
    say_compare="损失函数比较预测值和真实值, 损失值是 {loss}",
    say_update="优化器修改权重和偏置, 损失值变为 {loss}",
    say_formula="均方误差是差的平方的平均值",
    say_symbols="y 是真实目标值, ŷ 是预测值",
    say_smaller="均方误差越小越好: 训练前 {before}, 训练后 {after}",
    say_substitution="把 {count} 对数值代入公式, 训练前和训练后各一次",
    say_squares="每一项是差的平方, 没有负数",
    say_mean="求和再除以 {count}: 均方误差从 {before} 变为 {after}",
    say_curve="{count} 轮训练中损失值的变化, 从 {before} 到 {after}, 纵轴是对数刻度",
    say_curve_marks="这些点是前面看到的 {count} 个状态",
    say_line="真实函数和训练前的预测值",
    say_fit="训练中预测值靠近真实函数, 第 {epoch} 轮损失值是 {loss}",
    say_one_run="一次训练 ({label}) 的损失值, 到第 {epoch} 轮",
    say_runs="{count} 次训练的损失值, 画在同一个坐标系中",
    say_grey_runs="{count} 次训练的损失值, 其中 {named} 次有名字和颜色, 其余为灰色",
    say_one_end="训练结束时损失值是 {loss}",
    say_one_diverged="这次训练从第 {epoch} 轮起发散",
    say_lowest="结束时损失值最低的是第 {number} 条曲线 ({label}), 为 {loss}{rest}",
    say_tied="结束时的最低损失值是 {loss}, 有 {ties} 次训练达到{rest}",
    say_of_diverged="; {count} 次训练中有 {diverged} 次发散",
    say_all_diverged="{count} 次训练全部发散",
    say_fits="{runs}最后的预测值, 和真实值比较{rest}",
    say_each_run="每次训练",
    say_named_runs="每次有名字的训练",
    say_cut="; 相差太远的超出画面",
    say_references="参考文献",
)

EN = Phrases(
    language="en",
    inputs="input",
    predictions="prediction",
    targets="truth",
    residuals="prediction − truth",
    parameters="network parameters",
    epoch="Epoch",
    loss="loss",
    loss_function="loss function",
    optimizer="optimizer",
    network="network",
    data="data",
    weights="weights, biases",
    positive="positive weight",
    negative="negative weight",
    width_scale="line width = |w|",
    smaller_is_better="the smaller the better",
    target_legend="true target",
    prediction_legend="prediction",
    mean_squared_error="mean squared error",
    before_training="before training",
    after_training="after training",
    references="References",
    rule="rule",
    samples="{count} samples",
    truth_line="true function",
    component="first component of inputs and outputs",
    selection="{shown} of {count} rows",
    left_out="{count} matrices are not shown",
    diverged="diverges from epoch {epoch}",
    lowest="lowest loss",
    grey_runs="and {count} more in grey",
    equal_line="prediction = truth",
    axes="across: {x}, up: {y}",
    say_title="{lesson}",
    say_code="Compile and fit the model: a loss function, an optimizer, {epochs} epochs.",
    say_code_loss="The loss function is {loss}: it says how far predictions are from the truth.",
    say_code_optimizer=(
        "The optimizer is {optimizer}, learning rate {learning_rate}: it sets the weights."
    ),
    say_inputs="The input x has {count} samples, from {first} to {last}.",
    say_rule="The rule to learn is f(x) = {rule}.",
    say_file="Every sample has a true value to learn.",
    say_targets="The rule gives each x its true value, from {first} to {last}.",
    say_initial="Epoch {epoch}: the network has {count} parameters, and its loss is {loss}.",
    say_epoch="After epoch {epoch} the loss has gone from {before} to {after}.",
    say_sweep="From epoch {start} to epoch {epoch} the loss goes from {before} to {after}.",
    say_forward=(
        "Data go through the network and become predictions: for x = {x} it says {prediction}."
    ),
    say_compare="The loss function compares prediction and truth: the loss is {loss}.",
    say_update="The optimizer changes weights and biases, and the loss becomes {loss}.",
    say_formula="The mean squared error is the mean of the squared differences.",
    say_symbols="y is the true target, ŷ is the prediction.",
    say_smaller="The smaller, the better: {before} before training, {after} after it.",
    say_substitution=(
        "Put the {count} pairs of numbers into the formula, before training and after."
    ),
    say_squares="Each term is a squared difference, never negative.",
    say_mean=(
        "Add them up and divide by {count}: the mean squared error goes from {before} to {after}."
    ),
    say_curve="The loss over {count} epochs, from {before} to {after}, on a logarithmic axis.",
    say_curve_marks="The dots are the {count} states that were shown before.",
    say_line="The true function, and the predictions before training.",
    say_fit=(
        "Training draws the predictions to the true function; at epoch {epoch} the loss is {loss}."
    ),
    say_one_run="The loss of one run ({label}), up to epoch {epoch}.",
    say_runs="The losses of {count} runs on the same axes.",
    say_grey_runs="The losses of {count} runs: {named} have a name and a colour, the rest is grey.",
    say_one_end="At the end of training the loss is {loss}.",
    say_one_diverged="The run diverges from epoch {epoch}.",
    say_lowest="The lowest loss at the end is that of run {number} ({label}): {loss}{rest}.",
    say_tied="The lowest loss at the end is {loss}, and {ties} runs reach it{rest}.",
    say_of_diverged="; {diverged} of {count} runs diverged",
    say_all_diverged="All {count} runs diverged.",
    say_fits="The last predictions of {runs}, and the truth{rest}.",
    say_each_run="each run",
    say_named_runs="each run that has a name",
    say_cut="; those too far off leave the frame",
    say_references="References",
)

PHRASES = {phrases.language: phrases for phrases in (ZH, EN)}
