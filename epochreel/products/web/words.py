"""What a page for students says beside the film's own words, by language and meaning."""

PAGE_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "film": "影片",
        "told": "章节和字幕",
        "play": "播放",
        "pause": "暂停",
        "back": "上一轮",
        "on": "下一轮",
        "slider": "训练轮次",
        "state": "第 {epoch} 轮, 损失值 {loss}",
        "input_layer": "输入层",
        "hidden_layer": "隐藏层",
        "output_layer": "输出层",
        "pick": "在表中选一个样本, 看它怎样通过网络。",
        "follow": "跟随样本 {number}: 输入 {x}",
        "followed": "样本 {number}: 输入 {x}, 预测值 {prediction}, 真实值 {truth}。",
        "unknown_outputs": "这个网络有一层不能在此计算, 因此只显示两端的数值。",
        "weight_help": (
            "指向一个数或一条边, 或用 Tab 键和方向键移到一个数, 就能看到它在所有轮次中的变化。"
        ),
        "weight": "{name} = {value}, 所有轮次中从 {low} 到 {high}",
        "network_picture": "神经网络, 各层单元数 {widths}, 第 {epoch} 轮",
        "curve_picture": "损失曲线: 第 {start} 轮为 {first}, 第 {end} 轮为 {last}",
        "kept": "本页含 {count} 个已记录轮次中的 {shown} 个。",
        "language": "语言",
        "theme": "颜色",
        "paper": "浅色",
        "night": "深色",
    },
    "en": {
        "film": "The film",
        "told": "Chapters and captions",
        "play": "Play",
        "pause": "Pause",
        "back": "Previous epoch",
        "on": "Next epoch",
        "slider": "Epoch of the training",
        "state": "epoch {epoch}, loss {loss}",
        "input_layer": "input layer",
        "hidden_layer": "hidden layer",
        "output_layer": "output layer",
        "pick": "Pick a sample in the table to follow it through the network.",
        "follow": "Follow sample {number}: input {x}",
        "followed": "Sample {number}: input {x}, prediction {prediction}, truth {truth}.",
        "unknown_outputs": (
            "One layer of this network cannot be computed here, so only its ends have numbers."
        ),
        "weight_help": (
            "Point at a number or an edge, or go to a number with Tab and the arrow keys, to see "
            "it over all epochs."
        ),
        "weight": "{name} = {value}, over all epochs from {low} to {high}",
        "network_picture": "The network, layers of {widths} units, at epoch {epoch}",
        "curve_picture": "The loss curve: {first} at epoch {start}, {last} at epoch {end}",
        "kept": "This page holds {shown} of the {count} recorded epochs.",
        "language": "Language",
        "theme": "Colours",
        "paper": "Light",
        "night": "Dark",
    },
}
